import Monitors

/// A key that works now.
struct FooterKey: Sendable, Equatable {
  /// What is shown of it.
  var key: Printable
  var label: Printable
  /// The key that a click on it stands for.
  var press: Key?
  /// Whether the others are left out before it.
  var isLasting = false

  init(_ key: Printable, _ label: Printable, press: Key? = nil) {
    self.key = key
    self.label = label
    self.press = press
  }

  init(_ key: Key, _ label: Printable) {
    self.init(key.name, label, press: key)
  }
}

/// The footer: keys that work now, what became of the last one, and what perftop itself costs.
struct FooterPane: Sendable {
  let keys: [FooterKey]
  /// What the last key did, or a question that the next ones answer.
  let message: Label
  /// The search text while it is being typed.
  let typing: Printable?
  /// What perftop costs; `nil` where that is not told.
  var health: Health?

  func draw(into canvas: inout Canvas) {
    let width = canvas.size.width
    let last = canvas.size.height - 1
    let cost = cost(in: canvas)
    let room = cost.map { width - canvas.width(of: $0.text) - 2 } ?? width
    if let cost {
      canvas.writeRight(cost, end: width, y: last, width: canvas.width(of: cost.text))
    }
    for place in places(in: canvas) {
      let key = place.key
      let x = canvas.write(key.key, x: place.x, y: place.y, role: .key, emphasis: .bold)
      canvas.write(key.label, x: x + 1, y: place.y, role: .dim)
    }
    if let typing {
      drawTyping(typing, into: &canvas, y: last, room: room)
    } else if !message.text.isEmpty {
      canvas.write(message, x: 0, y: last, width: room)
    }
  }

  /// The search, its cursor, and how it goes where there is room for that.
  private func drawTyping(_ text: Printable, into canvas: inout Canvas, y: Int, room: Int) {
    let label = Label("/\(text)", .text, keepsEnd: true)
    let end = canvas.write(label, x: 0, y: y, width: room - 1)
    canvas.write(" ", x: end, y: y, emphasis: .reversed)
    if !message.text.isEmpty { canvas.write(message, x: end + 2, y: y, width: room - end - 2) }
  }

  /// The key at a place in the footer; `nil` where none stands.
  func key(x: Int, y: Int, in canvas: Canvas) -> Key? {
    places(in: canvas).first { $0.y == y && x >= $0.x && x < $0.x + $0.width }?.key.press
  }

  /// Where each key stands that fits whole; on a single line a message takes their place.
  private func places(in canvas: Canvas) -> [(key: FooterKey, x: Int, y: Int, width: Int)] {
    let isSingle = canvas.size.height == 1
    guard !isSingle || typing == nil && message.text.isEmpty else { return [] }
    var end = canvas.size.width
    if isSingle, let cost = cost(in: canvas) { end -= canvas.width(of: cost.text) + FooterPane.gap }
    var x = 0
    return fitting(in: end, canvas).map { key, taken in
      defer { x += taken + FooterPane.gap }
      return (key, x, 0, taken)
    }
  }

  /// Those that fit whole, in their order; room is given first to those that last.
  private func fitting(in width: Int, _ canvas: Canvas) -> [(key: FooterKey, width: Int)] {
    let all = keys.map {
      (key: $0, width: canvas.width(of: $0.key) + 1 + canvas.width(of: $0.label))
    }
    var left = width
    var isShown = all.map { _ in false }
    for isLasting in [true, false] {
      for index in all.indices
      where all[index].key.isLasting == isLasting && all[index].width <= left {
        isShown[index] = true
        left -= all[index].width + FooterPane.gap
      }
    }
    return zip(all, isShown).filter(\.1).map(\.0)
  }

  private static let gap = 2

  private func cost(in canvas: Canvas) -> Label? {
    guard let health else { return nil }
    let least = 24
    let cost = Label(FooterPane.cost(health), .dim)
    let width = canvas.width(of: cost.text)
    // A message that is cut says less than what perftop costs can make up for.
    let hasRoom = typing != nil || canvas.width(of: message.text) + 2 + width <= canvas.size.width
    return width + least <= canvas.size.width && hasRoom ? cost : nil
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
