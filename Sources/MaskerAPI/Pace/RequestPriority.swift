/// How urgent a request is.
public enum RequestPriority: Sendable, Hashable {
    /// The user waits for the answer: the request is sent at once.
    case interactive
    /// One of many requests, such as the pages of a list that is read to its end. It keeps to the pace.
    case bulk

    /// The priority of the requests of the current task and its child tasks, so that no function has to pass it on.
    @TaskLocal public static var current = RequestPriority.interactive
}
