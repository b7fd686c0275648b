import Monitors

/// `perftop demo`: a robot to try everything on.
enum DemoCommand {
  /// Starts the robot; `watch` shows it, on a host whose sensors are simulated, until it ends or the person leaves.
  static func run(
    seconds: Double?, host: Host, watch: (inout Demo, Host) -> Void = { demo, _ in _ = demo.wait() }
  ) -> Int32 {
    do throws(LaunchError) {
      var demo = try DemoRobot.start(seconds: seconds, host: host)
      watch(&demo, Host.live(simulatedSys: demo.sysDirectory))
      demo.stop()
      return 0
    } catch {
      try? StandardStream.error.write(error.lines)
      return error.exitStatus
    }
  }
}
