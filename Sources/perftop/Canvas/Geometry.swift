/// A width and a height in cells.
struct Size: Sendable, Hashable {
  var width: Int
  var height: Int

  /// A terminal may claim any size; this is the largest that is believed.
  static let largest = Size(width: 1000, height: 500)

  /// The same size, within what is believed.
  var clamped: Size {
    Size(
      width: min(max(0, width), Size.largest.width),
      height: min(max(0, height), Size.largest.height))
  }
}

/// A rectangle of cells.
struct Rectangle: Sendable, Hashable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  var size: Size { Size(width: width, height: height) }

  /// What a frame of one cell leaves free.
  var inside: Rectangle {
    Rectangle(x: x + 1, y: y + 1, width: max(0, width - 2), height: max(0, height - 2))
  }

  func contains(_ column: Int, _ row: Int) -> Bool {
    column >= x && column < x + width && row >= y && row < y + height
  }
}
