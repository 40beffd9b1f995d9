import Reports
import Reviewing
import Sealing

extension ReviewBinding {
    /// The link of the chain that the remediation writes.
    var link: [Sealing.Place] { [Sealing.Place(folder, names.link)] }
}
