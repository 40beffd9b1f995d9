import Domain
import Populations

/// A listing of any size, the same each time: four users to one invite, in no order.
enum SyntheticListing {
    private static let types = ["ANALYST", "BUSINESS", "CONTRACTOR", "DEVELOPER", "ADMIN"]

    /// - Parameter isLater: whether 1 in 100 accounts is another than before: 1 in 400 has left, as many are new, and 1
    ///   in 200 has another account type.
    static func population(_ rows: Int, isLater: Bool) -> Population? {
        var builder = PopulationBuilder()
        let users = rows * 4 / 5
        for number in 0..<rows {
            let isReplaced = isLater && number % 400 == 0
            let place = isReplaced ? number + rows : number
            let type = types[(place + (isLater && number % 200 == 1 ? 1 : 0)) % types.count]
            if number < users {
                let name = SyntheticReview.names[place % SyntheticReview.names.count]
                withBytes(SyntheticReview.uid(place), SyntheticReview.email(place, "u"), name, type) {
                    builder.addUser(uid: $0, email: $1, name: $2, accountType: $3)
                }
            } else {
                let status = place % 10 == 0 ? "EXPIRED" : "SENT"
                withBytes(SyntheticReview.email(place, "i"), type, status, "") { email, type, status, _ in
                    builder.addInvite(email: email, accountType: type, status: status)
                }
            }
        }
        return builder.finish()
    }

    private static func withBytes(
        _ first: String, _ second: String, _ third: String, _ fourth: String,
        _ body: (
            UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer
        ) -> Void
    ) {
        var (first, second, third, fourth) = (first, second, third, fourth)
        first.withUTF8 { first in
            second.withUTF8 { second in
                third.withUTF8 { third in
                    fourth.withUTF8 { fourth in
                        body(.init(first), .init(second), .init(third), .init(fourth))
                    }
                }
            }
        }
    }
}
