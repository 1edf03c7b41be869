package dev.broadside.loads.junit;

import dev.broadside.loads.LoadsReporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of no content, which loads all that a first test needs. */
@ExtendWith(LoadsExtension.class)
final class WarmUp {
  @Test
  void doesNothing(LoadsReporter reporter) {}
}
