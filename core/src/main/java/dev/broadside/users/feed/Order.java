package dev.broadside.users.feed;

/** Which record a feeder gives next. */
enum Order {
  /** The next one, each once. */
  IN_ORDER,
  /** The next one, and the first after the last. */
  CIRCULAR,
  /** Any one, again and again. */
  RANDOM,
  /** Any one that was not given yet. */
  SHUFFLED;

  boolean isRandom() {
    return this == RANDOM || this == SHUFFLED;
  }

  /** The same order without repetition. */
  Order unique() {
    if (this == CIRCULAR) throw new IllegalStateException("a circular feeder repeats its records");
    return this == RANDOM ? SHUFFLED : this;
  }
}
