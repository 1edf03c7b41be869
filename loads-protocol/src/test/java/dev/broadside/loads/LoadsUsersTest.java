package dev.broadside.loads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.broadside.messaging.MessagingContext;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadsUsersTest {
  private final MessagingContext context = MessagingContext.create("users-test");
  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @AfterEach
  void close() {
    pool.shutdownNow();
    context.close();
  }

  @Test
  void threadsOfAUser_workForIt() throws Exception {
    try (LoadsUsers.Scope scope = LoadsUsers.enter(user(7), context)) {
      assertThat(LoadsEnvironment.current().currentUser()).isEqualTo(7);
      assertThat(inPool()).isEqualTo(7);
      assertThat(LoadsUsers.context()).contains(context);
    }
  }

  @Test
  void threadsThatOutliveTheirUser_workForNobody() throws Exception {
    try (LoadsUsers.Scope scope = LoadsUsers.enter(user(7), context)) {
      assertThat(inPool()).isEqualTo(7);
    }
    try (LoadsUsers.Scope scope = LoadsUsers.enter(user(8), context)) {
      assertThatThrownBy(this::inPool)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(LoadsEnvironmentException.class)
          .hasMessageContaining("the user whose thread started it has ended");
    }
  }

  @Test
  void scopes_nest() {
    try (LoadsUsers.Scope outer = LoadsUsers.enter(user(7), context)) {
      try (LoadsUsers.Scope inner = LoadsUsers.enter(user(8), context)) {
        assertThat(LoadsEnvironment.current().currentUser()).isEqualTo(8);
      }
      assertThat(LoadsEnvironment.current().currentUser()).isEqualTo(7);
    }
  }

  private int inPool() throws Exception {
    return pool.submit(() -> LoadsEnvironment.current().currentUser()).get(10, TimeUnit.SECONDS);
  }

  private static LoadsEnvironment user(int number) {
    return LoadsEnvironment.from(
        Map.of(
            "LOADS_ZMQ_RECEIVER", "tcp://127.0.0.1:1",
            "LOADS_TOTAL_USERS", "10",
            "LOADS_CURRENT_USER", Integer.toString(number),
            "LOADS_TOTAL_HITS", "1"));
  }
}
