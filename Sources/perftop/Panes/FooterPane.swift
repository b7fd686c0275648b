import Monitors

/// A key that works now.
struct FooterKey: Sendable, Equatable {
  var key: Printable
  var label: Printable

  init(_ key: Printable, _ label: Printable) {
    self.key = key
    self.label = label
  }
}

/// The footer: keys that work now, what became of the last one, and what perftop itself costs.
struct FooterPane: Sendable {
  let keys: [FooterKey]
  /// What the last key did, or a question that the next ones answer.
  let message: Label
  /// The search text while it is being typed.
  let typing: Printable?
  let health: Health

  func draw(into canvas: inout Canvas) {
    let width = canvas.size.width
    let last = canvas.size.height - 1
    let cost = Label(FooterPane.cost(health), .dim)
    let costWidth = canvas.width(of: cost.text)
    let showsCost = costWidth + 24 <= width
    if showsCost { canvas.writeRight(cost, end: width, y: last, width: costWidth) }
    let room = showsCost ? width - costWidth - 2 : width
    if last > 0 { drawKeys(into: &canvas, y: 0, end: width) }
    if let typing {
      let end = canvas.write("/\(typing)", x: 0, y: last, width: room - 1, role: .text)
      canvas.write(" ", x: end, y: last, emphasis: .reversed)
      canvas.write(message, x: end + 2, y: last, width: room - end - 2)
    } else if !message.text.isEmpty {
      canvas.write(message, x: 0, y: last, width: room)
    } else if last == 0 {
      drawKeys(into: &canvas, y: last, end: room)
    }
  }

  private func drawKeys(into canvas: inout Canvas, y: Int, end: Int) {
    var x = 0
    for key in keys {
      let taken = canvas.width(of: key.key) + 1 + canvas.width(of: key.label)
      guard x + taken <= end else { continue }
      x = canvas.write(key.key, x: x, y: y, role: .key, emphasis: .bold)
      x = canvas.write(key.label, x: x + 1, y: y, role: .dim) + 2
    }
  }

  /// Coarse on purpose: a figure about ourselves that changes at every tick would cost what it tells of.
  private static func cost(_ health: Health) -> Printable {
    var words = ["perftop"]
    if let cpu = health.cpu { words.append(Units.fixed(cpu.percent, digits: 1) + " %") }
    if health.resident.count > 0 { words.append(health.resident.text.text) }
    if health.lateTicks > 0 { words.append("\(health.lateTicks) late") }
    return Printable(words.joined(separator: " "))
  }
}
