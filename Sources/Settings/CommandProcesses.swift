import Foundation
import Subprocess

/// Finds and kills the processes of a command that exceeded its time.
///
/// They are in the process group of this program, because a separate group could not read from the terminal; so the
/// group as a whole cannot be killed. Processes that the command started are found in `/proc`: by their parent or, if
/// the parent has ended, by a mark in the environment. Processes that changed their group, as a daemon does, are not
/// killed.
struct CommandProcesses: Sendable {
    /// An environment variable that marks all processes of a command.
    struct Mark: Sendable {
        let name: Environment.Key = "ROLLCALL_COMMAND"
        let value = UUID().uuidString

        fileprivate var bytes: Data { Data("\(name.rawValue)=\(value)\0".utf8) }
    }

    /// The first process of the command; nobody may have waited for it yet.
    let root: pid_t
    let mark: Mark

    /// Whether the first process has ended; its status remains for the caller that waits for it.
    var rootHasEnded: Bool {
        var information = siginfo_t()
        let result = waitid(P_PID, id_t(root), &information, WEXITED | WNOHANG | WNOWAIT)
        return result != 0 || information.si_signo != 0
    }

    /// Kills all processes of the command.
    func kill() {
        var stopped: Set<pid_t> = []
        // Stops processes before killing them, until no new ones are found, because a running process may start
        // another.
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

/// The parent and the group of a process (proc_pid_stat(5)).
private struct Relation {
    let process: pid_t
    let parent: pid_t
    let group: pid_t

    init?(_ process: pid_t) {
        // The name, in parentheses, may contain any character.
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
            let end = data.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = String(decoding: data[(end + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 2, let parent = pid_t(fields[1]), let group = pid_t(fields[2]) else { return nil }
        (self.process, self.parent, self.group) = (process, parent, group)
    }
}
