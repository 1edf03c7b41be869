package dev.broadside;

import dev.broadside.users.Labeled;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What one user of a {@link Mix} does: in each iteration what it has drawn for it. */
final class MixedTransaction implements Transaction, Labeled, AutoCloseable {
  private final List<Mix.Part> parts;
  private final UserContext user;
  private final String fallback;
  private final SplittableRandom random;
  private final double allWeights;
  private final @Nullable LabeledTransaction[] made;
  private String label;
  private @Nullable LabeledTransaction drawn;

  MixedTransaction(List<Mix.Part> parts, UserContext user, String fallback, long seed) {
    this.parts = parts;
    this.user = user;
    this.fallback = fallback;
    this.label = fallback;
    this.random = new SplittableRandom(new SplittableRandom(seed + user.number()).nextLong());
    this.allWeights = parts.stream().mapToDouble(Mix.Part::weight).sum();
    this.made = new LabeledTransaction[parts.size()];
  }

  @Override
  public void setUp(TransactionContext context) throws Exception {
    drawn = null; // what was done before has nothing to tear down if this one cannot be made
    int index = draw();
    drawn = made(index);
    drawn.setUp(context);
  }

  private int draw() {
    double left = random.nextDouble() * allWeights;
    int last = parts.size() - 1;
    for (int i = 0; i < last; i++) {
      left -= parts.get(i).weight();
      if (left < 0) return i;
    }
    return last;
  }

  private LabeledTransaction made(int index) {
    LabeledTransaction there = made[index];
    if (there == null) there = make(index);
    label = there.label();
    return there;
  }

  private LabeledTransaction make(int index) {
    Mix.Part part = parts.get(index);
    label = part.label() == null ? fallback : part.label(); // of the failure, if it cannot be made
    LabeledTransaction fresh =
        LabeledTransaction.of(part.maker().apply(user), part.label(), fallback);
    made[index] = fresh;
    return fresh;
  }

  @Override
  public void run(TransactionContext context) throws Exception {
    Objects.requireNonNull(drawn, "drawn").run(context);
  }

  @Override
  public void tearDown(TransactionContext context) throws Exception {
    if (drawn != null) drawn.tearDown(context);
  }

  @Override
  public String label() {
    return label;
  }

  /** Closes all that were made; the first failure is thrown when that is done. */
  @Override
  public void close() throws Exception {
    Exception failure = null;
    for (LabeledTransaction each : made) {
      try {
        if (each != null) each.close();
      } catch (Exception e) {
        if (failure == null) failure = e;
        else failure.addSuppressed(e);
      }
    }
    if (failure != null) throw failure;
  }
}
