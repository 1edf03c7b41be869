package dev.broadside.users.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.RunNote;
import dev.broadside.users.EndRunException;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.RunScope;
import dev.broadside.users.TransactionContext;
import dev.broadside.users.UserContext;
import dev.broadside.users.UserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FeederTest {
  private static final List<Integer> TEN = IntStream.rangeClosed(1, 10).boxed().toList();

  @TempDir Path folder;
  private final RunScope run = new RunScope();
  private final TransactionContext context = userOf(run, Map.of());

  @AfterEach
  void endRun() {
    run.close();
  }

  private static TransactionContext userOf(RunScope run, Map<String, Object> settings) {
    return run.user(new UserContext(1, "shop", settings, Map.of())).newIteration();
  }

  @Test
  void of_aCollectionWithNull_saysWhichRecord() {
    assertThatNullPointerException()
        .isThrownBy(() -> Feeder.of(Arrays.asList("a", null)))
        .withMessage("record 2 is null");
  }

  @Test
  void inOrder_givesEachOnceAndEndsTheRun() {
    Feeder<Integer> feeder = Feeder.of(TEN);
    assertThat(draw(feeder, 10)).isEqualTo(TEN);
    for (int i = 0; i < 2; i++) {
      assertThatEnd(feeder, context).isEqualTo("records: all 10 records are used up, passes");
    }
  }

  @Test
  @Timeout(60)
  void run_endsWithItsRecordsAndSaysSo() {
    Feeder<Integer> feeder = Feeder.of(TEN).name("books").random(7).unique();
    Queue<Measurement> results = new ConcurrentLinkedQueue<>();
    UserPool pool =
        UserPool.builder(user -> feeder::next, results::add)
            .profile(LoadProfile.users(3)) // without an end of its own
            .build();
    pool.run();
    assertThat(results).hasSize(10).noneMatch(Measurement::failed);
    assertThat(pool.notes())
        .containsExactly(new RunNote("books: all 10 records are used up", false));
    assertThat(pool.seeds()).containsEntry("feeder books", 7L);
  }

  @Test
  void inOrder_failsTheRunIfItIsToldTo() {
    Feeder<Integer> feeder = Feeder.of(List.of(1)).name("books").failWhenUsedUp();
    draw(feeder, 1);
    assertThatEnd(feeder, context).isEqualTo("books: all 1 records are used up, fails");
  }

  @Test
  void circular_beginsAgain() {
    assertThat(draw(Feeder.of(List.of(1, 2, 3)).circular(), 7))
        .containsExactly(1, 2, 3, 1, 2, 3, 1);
  }

  @Test
  void random_repeatsItsDrawsWithItsSeed() {
    List<Integer> one = draw(Feeder.of(TEN).random(42), 100);
    List<Integer> other = draw(Feeder.of(TEN).random(42), 100);
    assertThat(other).isEqualTo(one);
    assertThat(one).containsAll(TEN); // 100 draws of 10: none is missing but once in 4,000 seeds
    assertThat(draw(Feeder.of(TEN).random(43), 100)).isNotEqualTo(one);
  }

  @Test
  void random_tellsTheRunItsSeed() {
    draw(Feeder.of(TEN).random(42), 2);
    Feeder<Integer> unseeded = Feeder.of(TEN).name("books").random();
    List<Integer> drawn = draw(unseeded, 100);
    assertThat(run.seeds()).containsEntry("feeder records", 42L).containsKey("feeder books");
    long seed = run.seeds().get("feeder books");
    assertThat(draw(Feeder.of(TEN).random(seed), 100)).isEqualTo(drawn);
  }

  @Test
  void random_drawsAnotherSeedInEachRun() {
    Feeder<Integer> feeder = Feeder.of(TEN).random();
    draw(feeder, 1);
    try (RunScope next = new RunScope()) {
      feeder.next(userOf(next, Map.of()));
      assertThat(next.seeds()).isNotEqualTo(run.seeds());
    }
  }

  @Test
  void unique_givesEachAtMostOnceAtRandom() {
    Feeder<Integer> feeder = Feeder.of(TEN).random(7).unique();
    List<Integer> drawn = draw(feeder, 10);
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(TEN).isNotEqualTo(TEN);
    assertThatEnd(feeder, context).isEqualTo("records: all 10 records are used up, passes");
  }

  @Test
  void unique_isWhatInOrderIsAnyhow() {
    assertThat(draw(Feeder.of(TEN).unique(), 10)).isEqualTo(TEN);
    assertThatIllegalStateException()
        .isThrownBy(() -> Feeder.of(TEN).circular().unique())
        .withMessage("a circular feeder repeats its records");
  }

  @Test
  void run_beginsAnew() {
    Feeder<Integer> feeder = Feeder.of(TEN);
    draw(feeder, 10);
    try (RunScope next = new RunScope()) {
      assertThat(feeder.next(userOf(next, Map.of()))).isEqualTo(1);
    }
  }

  @Test
  void users_shareARunsRecords() throws Exception {
    List<Integer> many = IntStream.range(0, 20_000).boxed().toList();
    List<Integer> drawn = Collections.synchronizedList(new ArrayList<>());
    Feeder<Integer> feeder = Feeder.of(many).random().unique();
    ExecutorService users = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 8; i++) users.execute(() -> drawAll(feeder, drawn));
    users.shutdown();
    assertThat(users.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(many);
  }

  private void drawAll(Feeder<Integer> feeder, List<Integer> drawn) {
    TransactionContext user = userOf(run, Map.of());
    try {
      while (true) drawn.add(feeder.next(user));
    } catch (EndRunException e) {
      assertThat(e).hasMessage("records: all 20000 records are used up");
    }
  }

  @Test
  void shards_haveNoRecordInCommon() {
    Feeder<Integer> feeder = Feeder.of(TEN).sharded();
    List<List<Integer>> drawn = new ArrayList<>();
    for (String shard : List.of("1/4", "2/4", "3/4", "4/4")) {
      try (RunScope turret = new RunScope()) {
        TransactionContext user = userOf(turret, Map.of("feeder_shard", shard));
        drawn.add(List.of(feeder.next(user), feeder.next(user)));
      }
    }
    assertThat(drawn).containsExactly(List.of(1, 5), List.of(2, 6), List.of(3, 7), List.of(4, 8));
  }

  @Test
  void shards_applyToEachRoundAndToRandomDraws() {
    TransactionContext user = userOf(run, Map.of("feeder_shard", "3/4"));
    Feeder<Integer> circular = Feeder.of(TEN).circular().sharded();
    assertThat(Stream.generate(() -> circular.next(user)).limit(4)).containsExactly(3, 7, 3, 7);
    Feeder<Integer> random = Feeder.of(TEN).random().sharded();
    assertThat(Stream.generate(() -> random.next(user)).limit(50)).containsOnly(3, 7);
  }

  @Test
  void shards_thatAreEmptyFailTheRun() {
    TransactionContext user = userOf(run, Map.of("feeder_shard", "3/4"));
    assertThatEnd(Feeder.of(List.of(1, 2)).circular().sharded(), user)
        .isEqualTo("records: no records of shard 3/4, fails");
  }

  @Test
  void shards_areCheckedInWords() {
    String expected = "; expected which shard of how many, from \"1/4\" to \"4/4\", fails";
    assertThatShard(Map.of()).isEqualTo("feeder_shard: null" + expected);
    assertThatShard(Map.of("feeder_shard", 2)).isEqualTo("feeder_shard: 2" + expected);
    for (String wrong : List.of("", "0/4", "5/4", "1/0", "a/b", "1/4/2", "-1/4")) {
      assertThatShard(Map.of("feeder_shard", wrong))
          .isEqualTo("feeder_shard: \"" + wrong + "\"" + expected);
    }
  }

  private AbstractStringAssert<?> assertThatShard(Map<String, Object> settings) {
    return assertThatEnd(Feeder.of(TEN).sharded(), userOf(run, settings));
  }

  @Test
  void missingFile_failsTheRun() {
    Path missing = folder.resolve("customers.csv");
    assertThatEnd(Feeder.csv(missing), context).isEqualTo(missing + ": no such file, fails");
    assertThatEnd(Feeder.jsonLines(missing).random(), context)
        .isEqualTo(missing + ": no such file, fails");
  }

  @Test
  void brokenHeaderAndEmptyFile_failTheRun() throws Exception {
    Path file = write("customers.csv", "a,a\n1,2\n");
    assertThatEnd(Feeder.csv(file), context)
        .isEqualTo(file + ":1:1: two columns are called \"a\", fails");
    Files.writeString(file, "a,b\n");
    assertThatEnd(Feeder.csv(file), context).isEqualTo(file + ": no records, fails");
  }

  @Test
  void brokenRecord_costsTheDrawThatMeetsIt() throws Exception {
    Path file = write("customers.csv", "name\nanna\n\"bob\nclara\n");
    Feeder<String> names = Feeder.csv(file).map(row -> row.get("name"));
    assertThat(names.next(context)).isEqualTo("anna");
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> names.next(context))
        .withMessage(file + ":3:1: expected a closing quote");
    assertThat(names.next(context)).isEqualTo("clara");
    assertThatEnd(names, context).isEqualTo(file + ": all 3 records are used up, passes");
  }

  @Test
  void jsonLines_areObjects() throws Exception {
    Path file = write("customers.jsonl", "{\"name\":\"anna\",\"age\":7}\r\n\n{\"name\":null}");
    Feeder<Map<String, Object>> feeder = Feeder.jsonLines(file);
    assertThat(feeder.next(context)).containsEntry("name", "anna").containsEntry("age", 7);
    assertThat(feeder.next(context)).containsEntry("name", null);
  }

  @Test
  void jsonLines_areWhatJacksonMakesOfThem() throws Exception {
    Path file = write("customers.jsonl", "{\"name\":\"anna\",\"age\":7}\n{\"name\":\"bob\"}\n");
    Feeder<Customer> feeder = Feeder.jsonLines(file, Customer.class);
    assertThat(feeder.next(context)).isEqualTo(new Customer("anna", 7));
    assertThat(feeder.next(context)).isEqualTo(new Customer("bob", 0));
  }

  record Customer(String name, int age) {}

  @Test
  void brokenJson_isToldWithItsPlace() throws Exception {
    Path file = write("c.jsonl", "{\"a\":1}\n{\"a\":oops}\n[1]\n{} {}\nnull\n{\"a\":2}\n");
    Feeder<Map<String, Object>> feeder = Feeder.jsonLines(file);
    assertThat(feeder.next(context)).containsEntry("a", 1);
    assertThatFault(feeder).startsWith(file + ":2:").contains("expected a JSON object: ", "oops");
    assertThatFault(feeder).startsWith(file + ":3:1: expected a JSON object: ");
    assertThatFault(feeder).startsWith(file + ":4:").contains("expected a JSON object: ");
    assertThatFault(feeder).isEqualTo(file + ":5:1: expected a JSON object, not null");
    assertThat(feeder.next(context)).containsEntry("a", 2);
  }

  @Test
  void file_isClosedWithTheRunAndNotOpenedAgain() throws Exception {
    Feeder<CsvRow> feeder = Feeder.csv(write("customers.csv", "name\nanna\nbob\n"));
    feeder.next(context);
    run.close();
    assertThatExceptionOfType(EndRunException.class).isThrownBy(() -> feeder.next(context));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private <T> List<T> draw(Feeder<T> feeder, int count) {
    return Stream.generate(() -> feeder.next(context)).limit(count).toList();
  }

  private AbstractStringAssert<?> assertThatFault(Feeder<?> feeder) {
    Throwable fault = catchThrowable(() -> feeder.next(context));
    assertThat(fault).isInstanceOf(FeedException.class);
    return assertThat(fault.getMessage());
  }

  private static AbstractStringAssert<?> assertThatEnd(Feeder<?> feeder, TransactionContext user) {
    EndRunException end = catchThrowableOfType(EndRunException.class, () -> feeder.next(user));
    return assertThat(end.getMessage() + (end.isFailure() ? ", fails" : ", passes"));
  }
}
