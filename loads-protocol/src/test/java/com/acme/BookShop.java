package com.acme;

import org.junit.jupiter.api.Test;

/** Inherits a test, and has two of one name. */
class BookShop extends Shop {
  @Test
  void sells() {}

  @Test
  void sells(org.junit.jupiter.api.TestInfo test) {}
}
