import Foundation
import Subprocess

/// The processes of a command that ran out of time.
///
/// They are in the process group of this program, because a group of its own could not read from the terminal; so the
/// group as a whole cannot be killed. What the command started is found in `/proc`: by the parent, and, where the parent
/// has ended, by a mark in its environment. What has gone to a group of its own, as a daemon does, is left alone.
struct CommandProcesses: Sendable {
    /// An environment variable that a command's processes have in common.
    struct Mark: Sendable {
        let name: Environment.Key = "ROLLCALL_COMMAND"
        let value = UUID().uuidString

        fileprivate var bytes: Data { Data("\(name.rawValue)=\(value)\0".utf8) }
    }

    /// The command's first process; it must not have been waited for yet.
    let root: pid_t
    let mark: Mark

    /// Whether the first process has ended; its status is left to the one who waits for it.
    var rootHasEnded: Bool {
        var information = siginfo_t()
        let result = waitid(P_PID, id_t(root), &information, WEXITED | WNOHANG | WNOWAIT)
        return result != 0 || information.si_signo != 0
    }

    /// Kills them all.
    func kill() {
        var stopped: Set<pid_t> = []
        // Stopped before they are killed, and looked for until there are no more: one that runs may start another.
        while true {
            let found = processes().subtracting(stopped)
            if found.isEmpty { break }
            for process in found { Foundation.kill(process, SIGSTOP) }
            stopped.formUnion(found)
        }
        for process in stopped { Foundation.kill(process, SIGKILL) }
    }

    #if os(Linux)
        private func processes() -> Set<pid_t> {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            let all = names.compactMap { pid_t($0) }.compactMap(Relation.init)
            let own = getpgrp()
            var found: Set<pid_t> = [root]
            found.formUnion(all.filter { $0.group == own && isMarked($0.process) }.map(\.process))
            while true {
                let children = all.filter { $0.group == own && found.contains($0.parent) }.map(\.process)
                let count = found.count
                found.formUnion(children)
                if found.count == count { return found }
            }
        }

        private func isMarked(_ process: pid_t) -> Bool {
            FileManager.default.contents(atPath: "/proc/\(process)/environ")?.range(of: mark.bytes) != nil
        }
    #else
        private func processes() -> Set<pid_t> { [root] }
    #endif
}

/// Which process started a process, and which group it is in (proc_pid_stat(5)).
private struct Relation {
    let process: pid_t
    let parent: pid_t
    let group: pid_t

    init?(_ process: pid_t) {
        // The name, in parentheses, may hold anything.
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
            let end = data.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: data[(end + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 2, let parent = pid_t(fields[1]), let group = pid_t(fields[2]) else { return nil }
        (self.process, self.parent, self.group) = (process, parent, group)
    }
}
