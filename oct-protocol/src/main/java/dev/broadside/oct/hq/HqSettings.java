package dev.broadside.oct.hq;

import dev.broadside.metrics.Measurement;
import dev.broadside.metrics.Threshold;
import dev.broadside.oct.protocol.HqCommand.SetTransactionContext;
import dev.broadside.oct.results.ArchiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link Headquarters} was built with. */
record HqSettings(
    Place orders,
    Place results,
    @Nullable LiveResults live,
    int turrets,
    long turretTimeoutNanos,
    long runNanos,
    SetTransactionContext context,
    int maxLabels,
    List<Threshold> thresholds,
    Duration interval,
    Consumer<? super Measurement> onResult,
    Consumer<? super Progress> onProgress,
    @Nullable ArchiveSettings archive,
    HqClock clock) {}
