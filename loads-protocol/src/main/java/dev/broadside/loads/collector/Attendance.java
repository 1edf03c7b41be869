package dev.broadside.loads.collector;

import dev.broadside.loads.protocol.LoadsMessage;
import dev.broadside.loads.protocol.LoadsMessage.AddError;
import dev.broadside.loads.protocol.LoadsMessage.AddFailure;
import dev.broadside.loads.protocol.LoadsReport;
import dev.broadside.loads.protocol.LoadsStatus;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which users of a step have reported. The receiving thread writes, another one reads. */
final class Attendance {
  private final int users;
  private final BitSet reported = new BitSet();
  private final BitSet failed = new BitSet();

  Attendance(FleetStep step) {
    this.users = step.users();
  }

  synchronized void note(LoadsReport report) {
    for (LoadsMessage message : report.messages()) {
      int user = user(message.loadsStatus());
      reported.set(user);
      if (message instanceof AddFailure || message instanceof AddError) failed.set(user);
    }
  }

  /** The number of the user; 0, which is nobody's, where the message does not say. */
  private int user(@Nullable LoadsStatus status) {
    if (status == null || status.totalUsers() != users) return 0;
    int user = status.currentUser();
    return user >= 1 && user <= users ? user : 0;
  }

  synchronized boolean hasReported(int user) {
    return reported.get(user);
  }

  /** Whether it has reported a failure or an error. */
  synchronized boolean hasFailed(int user) {
    return failed.get(user);
  }
}
