package com.acme;

/** A class without tests. */
class Empty {
  void pays() {}
}
