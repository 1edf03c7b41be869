/**
 * ZeroMQ sockets for programs that share work between threads: each socket is owned by one named
 * thread, everyone else reaches it through a bounded queue, and what passes through is counted.
 *
 * <p>{@link dev.broadside.messaging.MessageSender} is a PUSH, {@link
 * dev.broadside.messaging.MessageReceiver} a PULL or a SUB, {@link
 * dev.broadside.messaging.Publisher} a PUB, {@link dev.broadside.messaging.Device} a pair that
 * passes on between many; all of them are opened from one {@link
 * dev.broadside.messaging.MessagingContext}.
 *
 * <p>An {@code ipc://} endpoint is a real Unix socket, as libzmq has them: it reaches JeroMQ
 * through a loopback port, which lets nobody in but the relay of this process. A socket file that
 * we bind is its owner's only (0600), replaces one that nobody listens at, and is removed at the
 * close.
 */
@NullMarked
package dev.broadside.messaging;

import org.jspecify.annotations.NullMarked;
