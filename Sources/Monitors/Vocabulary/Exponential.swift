import Glibc

/// Powers and logarithms, for those who must not know where they come from.
extension Double {
  /// The natural logarithm.
  var logarithm: Double { log(self) }
  /// e to the power of this.
  var exponential: Double { exp(self) }
  /// The logarithm to the base of 2.
  var binaryLogarithm: Double { log2(self) }
  /// 2 to the power of this.
  var binaryPower: Double { exp2(self) }
}
