package dev.broadside.oct.junit;

import dev.broadside.oct.hq.Headquarters;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a headquarters of its own, started, on free ports of the loopback interface, and
 * closes it afterwards:
 *
 * <pre>{@code
 * @ExtendWith(HeadquartersExtension.class)
 * class CheckoutTest {
 *   @Test
 *   void turret_firesUntilItIsStopped(Headquarters hq) {
 *     try (Turret turret =
 *         Turret.builder(Checkout::new)
 *             .headquarters("127.0.0.1", hq.publishPort(), hq.resultsPort())
 *             .build()) {
 *       turret.start();
 *       RunResult result = hq.run();
 *       assertThat(result.all().failures()).isZero();
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Methods around the test get the same one. One that {@code @BeforeAll} asks for serves all
 * tests of the class. A run takes a second; {@link #with} sets that and all else:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final HeadquartersExtension HQ =
 *     HeadquartersExtension.with(hq -> hq.turrets(2).runTime(ofSeconds(5)));
 * }</pre>
 */
public final class HeadquartersExtension implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(HeadquartersExtension.class);
  private static final Duration RUN_TIME = Duration.ofSeconds(1);

  private final UnaryOperator<Headquarters.Builder> settings;

  private HeadquartersExtension(UnaryOperator<Headquarters.Builder> settings) {
    this.settings = settings;
  }

  /** For JUnit: one for one turret, whose runs take a second. */
  public HeadquartersExtension() {
    this(UnaryOperator.identity());
  }

  /**
   * One with these settings, for a field with {@code @RegisterExtension}. They are made for each
   * headquarters anew; the ports are free ones, unless they say otherwise.
   */
  public static HeadquartersExtension with(UnaryOperator<Headquarters.Builder> settings) {
    return new HeadquartersExtension(Objects.requireNonNull(settings, "settings"));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Headquarters.class;
  }

  /** The headquarters of the test. JUnit closes it, as it does all that it keeps for a test. */
  @Override
  public Headquarters resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(OURS).getOrComputeIfAbsent(this, key -> started(), Headquarters.class);
  }

  private Headquarters started() {
    Headquarters.Builder free =
        Headquarters.builder().publishPort(0).resultsPort(0).livePort(0).runTime(RUN_TIME);
    Headquarters hq = settings.apply(free).build();
    hq.start();
    return hq;
  }
}
