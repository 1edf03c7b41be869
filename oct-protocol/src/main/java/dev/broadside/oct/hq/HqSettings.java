package dev.broadside.oct.hq;

import dev.broadside.metrics.Measurement;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.results.ArchiveSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link Headquarters} was built with. */
record HqSettings(
    String bindAddress,
    int publishPort,
    int resultsPort,
    int turrets,
    long turretTimeoutNanos,
    long runNanos,
    SetTransactionContext context,
    int maxLabels,
    Duration interval,
    Consumer<? super Measurement> onResult,
    Consumer<? super Progress> onProgress,
    @Nullable ArchiveSettings archive,
    HqClock clock) {}
