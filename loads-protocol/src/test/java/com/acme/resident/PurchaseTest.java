package com.acme.resident;

import org.junit.jupiter.api.Test;

/** Succeeds at once. */
class PurchaseTest {
  @Test
  void buys() {}
}
