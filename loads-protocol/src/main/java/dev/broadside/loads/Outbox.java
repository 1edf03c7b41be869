package dev.broadside.loads;

import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.messaging.Account;
import java.time.Duration;

/** Where a reporter's messages go. Its accounts count messages, however many share a frame. */
interface Outbox {
  void put(LoadsMessage message);

  /** Lets who waits for room go on; from now on nothing bounds the queue. */
  void release();

  boolean isConnected();

  /** The sender's own account, in which a batch counts as one. Never waits. */
  Account inFrames();

  /** Never waits. */
  Account account();

  Account close(Duration timeout);
}
