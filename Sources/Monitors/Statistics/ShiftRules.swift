/// What it takes to call a difference a shift.
struct ShiftRules: Sendable {
  /// Samples from which the first level and its noise are taken.
  var baseline = 64
  /// How many of the first samples may be a start that is unlike the rest, and from how many deviations on they are.
  var start = 40
  var startOff = 1.0
  /// What is further off than so many deviations counts as that.
  var clip = 3.0
  /// The least deviation, as a share of the value.
  var leastScale = 0.02
  /// Samples that have to be there before anything is said.
  var leastSamples = 168.0
  /// Samples on either side of a split, by number and by share of all.
  var leastBefore = 48.0
  var shareBefore = 0.12
  var leastAfter = 48.0
  var shareAfter = 0.0
  /// Least variance of a sample within a level.
  var leastVariance = 0.004
  /// Least variance of one side as a share of that of both.
  var pooled = 0.8
  /// How many samples a new level has to last, counted from the one at which it began: what lasts 40 is a passing matter.
  var leastStay = 48
  /// Least difference by its standard error.
  var strength = 5.8
  /// Least difference in deviations.
  var difference = 0.5
  /// Least difference as a share of the value.
  var magnitude = 0.05
  /// Least share of stretches that lie beyond those before.
  var separation = 0.95
  /// Least share of the difference that the newest blocks hold.
  var held = 0.5
  /// How many blocks are the newest, and what the very last one has to hold.
  var newest = 3
  var heldLast = 0.4
  /// What a ramp has to explain more than a step to be taken for one, in squared deviations.
  var patience = 1.0
  /// Resemblance of neighbouring stretches that is chance.
  var wander = 0.0

  static let usual = ShiftRules()
}
