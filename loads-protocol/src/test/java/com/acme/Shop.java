package com.acme;

import org.junit.jupiter.api.Test;

/** What other classes inherit. */
abstract class Shop {
  @Test
  void opens() {}
}
