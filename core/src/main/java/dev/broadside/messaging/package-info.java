/**
 * ZeroMQ sockets for programs that share work between threads: each socket is owned by one named
 * thread, everyone else reaches it through a bounded queue, and what passes through is counted.
 *
 * <p>{@link dev.broadside.messaging.MessageSender} is a PUSH, {@link
 * dev.broadside.messaging.MessageReceiver} a PULL or a SUB, {@link
 * dev.broadside.messaging.Publisher} a PUB; all of them are opened from one {@link
 * dev.broadside.messaging.MessagingContext}.
 */
@NullMarked
package dev.broadside.messaging;

import org.jspecify.annotations.NullMarked;
