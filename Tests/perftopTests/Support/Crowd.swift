@testable import Monitors
@testable import perftop

/// Pretended processes, as many as wanted, for lists of them.
struct Crowd {
  var rows: [RosterRow] = []
  var seconds = 0
  /// Seconds since boot.
  var uptime: Double? = 90_000

  /// One more process.
  @discardableResult
  mutating func add(
    _ pid: Int32, _ name: Printable, parent: Int32 = 1, cpu: Double? = 0, memory: Int64 = 4_000_000,
    _ change: (inout RosterRow, inout RosterFacts) -> Void = { _, _ in }
  ) -> ProcessKey {
    var facts = RosterFacts(identity: ProcessKey(pid: pid, startTicks: UInt64(pid) * 10))
    facts.name = name
    facts.command = "/usr/bin/\(name) --run"
    facts.user = "robot"
    facts.uid = 1000
    var row = RosterRow(facts: facts)
    row.parent = parent
    row.state = "S"
    row.threads = 1
    row.cpu = cpu
    row.growth = 0
    row.resident = Bytes(memory)
    row.io = .fresh(0)
    change(&row, &facts)
    row.facts = facts
    let place = rows.firstIndex { $0.identity.pid > pid } ?? rows.count
    rows.insert(row, at: place)
    return facts.identity
  }

  /// Changes one of them.
  mutating func change(_ key: ProcessKey, _ change: (inout RosterRow) -> Void) {
    for index in rows.indices where rows[index].identity == key { change(&rows[index]) }
  }

  /// Lets one end.
  mutating func end(_ key: ProcessKey) { rows.removeAll { $0.identity == key } }

  /// What the next second shows.
  mutating func next(after step: Int = 1) -> Roster {
    seconds += step
    let moment = Moment(
      nanoseconds: Int64(seconds) * 1_000_000_000,
      wall: 1_790_000_000_000_000_000 + Int64(seconds) * 1_000_000_000)
    return Roster(moment: moment, rows: rows, uptime: uptime)
  }

  /// A robot's: services, a container, a linked collector, one that grows, one of somebody else.
  static var robot: Crowd {
    var crowd = Crowd()
    crowd.add(1, "systemd", parent: 0, memory: 12_300_000) { row, facts in
      (facts.user, facts.uid, facts.command) = ("root", 0, "/sbin/init splash")
      facts.refusal = "it belongs to root: sudo perftop -p 1, or CAP_SYS_PTRACE"
      row.io = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    }
    crowd.add(2, "kworker/0:1", parent: 0, memory: 0) { row, facts in
      (facts.user, facts.uid, facts.command, row.state) = ("root", 0, "[kworker/0:1]", "I")
    }
    crowd.add(310, "collector", cpu: 0.124, memory: 412_000_000) { row, facts in
      facts.command = "python3 /opt/robot/collector.py --episodes /data --format parquet"
      (facts.unit, facts.isLinked, row.threads) = ("collector.service", true, 12)
      (row.growth, row.io) = (52_000, .fresh(7_140_000))
    }
    crowd.add(320, "camera_node", cpu: 1.34, memory: 198_000_000) { row, facts in
      (facts.container, row.state, row.threads) = ("docker 3f2a91c0d4e5", "R", 8)
      row.io = .fresh(1_200)
    }
    crowd.add(321, "camera_node", parent: 320, cpu: 0.2, memory: 98_000_000)
    crowd.add(330, "lane_detector", parent: 320, cpu: 0.35, memory: 1_240_000_000) { row, _ in
      row.growth = 1_500_000
    }
    crowd.add(400, "sshd", memory: 8_000_000) { _, facts in facts.unit = "ssh.service" }
    crowd.add(401, "bash", parent: 400, memory: 5_200_000) { row, facts in
      (facts.command, row.growth) = ("-bash", nil)
    }
    return crowd
  }

  /// So many that nobody looks at them all; each seventh is busy.
  static func many(_ count: Int) -> Crowd {
    var crowd = Crowd()
    crowd.rows.reserveCapacity(count)
    for index in 0..<count {
      let pid = Int32(100 + index * 3)
      crowd.add(
        pid, "worker_\(index % 50)", parent: index < 10 ? 1 : Int32(100 + index / 10 * 3),
        cpu: index % 7 == 0 ? Double(index % 97) / 100 : 0,
        memory: Int64(index) * 100_000
      ) { row, facts in
        facts.command = "/opt/robot/bin/worker --number \(index) --queue /var/lib/queue/\(index)"
        facts.unit = index % 3 == 0 ? "worker@\(index).service" : nil
        row.threads = 1 + index % 30
      }
    }
    return crowd
  }
}

extension PickerState {
  /// One that has taken a roster.
  static func showing(_ crowd: inout Crowd, _ times: Int = 1) -> PickerState {
    var state = PickerState()
    for _ in 0..<times { state.take(crowd.next()) }
    return state
  }

  /// The numbers of the processes, from the top.
  var pids: [Int32] { list.lines.compactMap { list.identity($0)?.pid } }
}
