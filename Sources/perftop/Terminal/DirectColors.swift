/// 24 bits of colour by way of an ncurses that only knows numbers: it is told a number that stands for a colour, and what it
/// writes of the number is spelled out.
///
/// Descriptions with 24 bits are seldom installed, and those that are describe another terminal.
struct DirectColors: Sendable {
  /// Below these the terminal's own colours lie.
  private static let first: Int32 = 16
  private static let last: Int32 = 255

  private var numbers: [Int32: Int32] = [:]
  private var colors: [Int32] = []

  /// The number that stands for 24 bits of colour; once there are too many, the one most like it.
  mutating func number(for color: Int32) -> Int32 {
    if let known = numbers[color] { return known }
    let next = DirectColors.first + Int32(colors.count)
    guard next <= DirectColors.last else { return nearest(to: color) }
    colors.append(color)
    numbers[color] = next
    return next
  }

  /// Another theme begins afresh.
  mutating func forget() { self = DirectColors() }

  private func nearest(to color: Int32) -> Int32 {
    guard let wanted = Palette.shown(color) else { return DirectColors.last }
    let distances = colors.map { Palette.shown($0)?.distance(to: wanted) ?? .max }
    let place = distances.indices.min { distances[$0] < distances[$1] } ?? 0
    return DirectColors.first + Int32(place)
  }

  /// Puts the colours in place of their numbers, from an offset on.
  func spell(_ bytes: inout [UInt8], from start: Int) {
    guard !colors.isEmpty else { return }
    var spelled: [UInt8] = []
    spelled.reserveCapacity((bytes.count - start) * 3 / 2)
    var place = start
    while place < bytes.count {
      let next = copy(bytes, at: place, to: &spelled)
      place = max(next, place + 1)
    }
    bytes.replaceSubrange(start..., with: spelled)
  }

  /// Copies a byte, or a colour that begins at it: `8;5;N` behind a `3` or `4`, inside a sequence.
  private func copy(_ bytes: [UInt8], at place: Int, to spelled: inout [UInt8]) -> Int {
    spelled.append(bytes[place])
    guard bytes[place] == 0x1b, place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "[")
    else { return place + 1 }
    var end = place + 2
    while end < bytes.count, (0x30...0x3b).contains(bytes[end]) { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "m") else { return place + 1 }
    spelled.append(bytes[place + 1])
    spell(bytes[(place + 2)..<end], to: &spelled)
    spelled.append(bytes[end])
    return end + 1
  }

  private func spell(_ parameters: ArraySlice<UInt8>, to spelled: inout [UInt8]) {
    let separator = UInt8(ascii: ";")
    var parts = parameters.split(separator: separator, omittingEmptySubsequences: false)[...]
    var isFirst = true
    while let part = parts.popFirst() {
      if !isFirst { spelled.append(separator) }
      isFirst = false
      spelled += part
      guard part.elementsEqual("38".utf8) || part.elementsEqual("48".utf8),
        let kind = parts.first, kind.elementsEqual("5".utf8), let text = parts.dropFirst().first
      else { continue }
      parts = parts.dropFirst(2)
      spelled += color(text)
    }
  }

  private func color(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let number = Int(String(decoding: text, as: UTF8.self)) ?? 0
    let place = number - Int(DirectColors.first)
    guard colors.indices.contains(place), let rgb = Palette.shown(colors[place]) else {
      return Array(";5;".utf8) + text
    }
    return Array(";2;\(rgb.red);\(rgb.green);\(rgb.blue)".utf8)
  }
}
