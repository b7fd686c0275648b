import Testing

@testable import perftop

@Suite("What one field of a table says")
struct FieldValueTests {
  private func value(_ text: String) -> FieldValue {
    Array(text.utf8).withUnsafeBytes { FieldValue($0) }
  }

  @Test("numbers as anybody writes them")
  func numbers() {
    let rows: [(String, Double)] = [
      ("0", 0), ("007", 7), ("-3.25", -3.25), ("+1.5", 1.5), (".5", 0.5), ("12.", 12),
      ("1e3", 1000), ("2.5E-3", 0.0025), ("123456789012345", 123_456_789_012_345),
      ("0.1", 0.1), ("3.14159265358979", 3.14159265358979), ("-0", 0), ("1e-400", 0),
      ("18446744073709551615", 18_446_744_073_709_551_616), ("99999999999999999999.5", 1e20),
    ]
    for (text, number) in rows { #expect(value(text) == .number(number), "\(text)") }
  }

  @Test("each number is read as Swift reads it")
  func exact() {
    for number in 0..<2000 {
      let text = "\(Double(number) * 0.37 + 1e-4)"
      #expect(value(text) == .number(Double(text) ?? -1), "\(text)")
    }
  }

  @Test("no number, beyond all numbers, and what is neither")
  func words() {
    for text in ["", "nan", "NaN", "-nan", "NA", "n/a", "null", "None", "-"] {
      #expect(value(text) == .none, "\(text)")
    }
    for text in ["inf", "-Inf", "Infinity", "1e400", "-1e999"] {
      #expect(value(text) == .infinite, "\(text)")
    }
    for text in [
      "x", "1,5", "1 2", "0x1F", "1e", "e5", "--1", "1.2.3", "12 MB", "१२", "1_000", "+",
    ] {
      #expect(value(text) == .text, "\(text)")
    }
    #expect(value(String(repeating: "9", count: 1000)) == .text)
  }
}
