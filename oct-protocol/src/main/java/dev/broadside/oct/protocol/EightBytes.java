package dev.broadside.oct.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of a text at once, as one {@code long}: the first is its lowest byte. */
final class EightBytes {
  static final int LENGTH = 8;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EightBytes() {}

  static long at(byte[] text, int from) {
    return (long) EIGHT.get(text, from);
  }
}
