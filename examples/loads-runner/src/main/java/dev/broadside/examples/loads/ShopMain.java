package dev.broadside.examples.loads;

import java.io.IOException;

/** Opens the shop and tells its address; closes it at the end of the input. */
final class ShopMain {
  private ShopMain() {}

  public static void main(String[] args) throws IOException {
    try (Shop shop = Shop.open(0)) {
      System.out.println(shop.uri());
      while (System.in.read() >= 0) {}
    }
  }
}
