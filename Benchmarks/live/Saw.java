/** Makes garbage that the machine collects when its heap is full, and keeps nothing of it. */
public class Saw {
  static byte[] last;

  public static void main(String[] arguments) throws InterruptedException {
    while (true) {
      for (int piece = 0; piece < 20; piece++) last = new byte[100_000];
      Thread.sleep(500);
    }
  }
}
