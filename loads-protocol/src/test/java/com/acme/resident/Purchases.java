package com.acme.resident;

import org.junit.jupiter.api.Test;

/** Succeeds at once. */
class Purchases {
  @Test
  void buys() {}
}
