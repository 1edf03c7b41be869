package dev.broadside.oct.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is lost in the middle of a commit, which no database does to order. */
class StoreTurnTest {
  @TempDir Path folder;

  private final StoreQueue queue = new StoreQueue();

  private RunWriter begin() throws SQLException {
    DatabaseUri database = DatabaseUri.of(folder.resolve("results.sqlite"));
    return RunWriter.begin(database, Results.run("one"));
  }

  private static RunWriter whoseConnectionBreaks(RunWriter writer, boolean afterTheCommit)
      throws SQLException {
    RunWriter breaking = mock(RunWriter.class, delegatesTo(writer));
    doAnswer(
            call -> {
              if (afterTheCommit) writer.commit();
              else writer.rollback();
              throw new SQLException("the connection is lost", "08006");
            })
        .when(breaking)
        .commit();
    return breaking;
  }

  private void storeOverTwoConnections(boolean afterTheCommit) throws SQLException {
    for (int i = 0; i < 100; i++) queue.put(Results.result(i));
    try (RunWriter writer = begin()) {
      StoreTurn turn = new StoreTurn(queue, writer.ids());
      RunWriter breaking = whoseConnectionBreaks(writer, afterTheCommit);
      assertThatThrownBy(() -> turn.store(breaking)).hasMessage("the connection is lost");
      assertThat(queue.account(0).stored()).isZero();
      turn.resume(writer.lastResult());
      assertThat(queue.account(0).stored()).isEqualTo(afterTheCommit ? 100 : 0);
      queue.put(Results.result(100));
      turn.store(writer);
      assertThat(turn.isEmpty()).isTrue();
      assertThat(queue.account(0).stored()).isEqualTo(101);
      assertThat(writer.lastResult()).isEqualTo(101);
    }
  }

  @Test
  void resume_knowsACommitThatSucceeded() throws SQLException {
    storeOverTwoConnections(true);
  }

  @Test
  void resume_repeatsACommitThatDidNot() throws SQLException {
    storeOverTwoConnections(false);
  }
}
