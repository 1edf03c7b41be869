package dev.broadside.loads.collector;

/**
 * What was reported of sockets.
 *
 * @param opened how many were opened
 * @param closed how many were closed
 * @param messages how many messages went over them
 * @param bytes how many bytes those had
 */
public record SocketCounts(long opened, long closed, long messages, long bytes) {}
