package dev.broadside.oct;

import dev.broadside.messaging.Endpoint;
import dev.broadside.messaging.OverflowPolicy;
import dev.broadside.users.LoadProfile;
import dev.broadside.users.Transaction;
import dev.broadside.users.UserContext;
import dev.broadside.users.UserThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a turret was built with. */
record TurretSettings(
    Function<? super UserContext, ? extends Transaction> factory,
    String name,
    String uuid,
    String script,
    Endpoint orders,
    Endpoint results,
    int cannons,
    Duration rampUp,
    LoadProfile profile,
    Cannon cannon,
    UserThreads threads,
    Map<String, @Nullable Object> settings,
    @Nullable ClassLoader classLoader,
    OverflowPolicy overflowPolicy,
    int queueCapacity,
    Duration grace,
    Duration abandonAfter,
    Duration closeTimeout,
    Duration headquartersTimeout,
    TurretListener listener,
    @Nullable AutoCloseable resources,
    LongSupplier clock,
    InstantSource wallClock) {}
