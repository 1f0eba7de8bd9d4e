/// How urgent a request is.
public enum RequestPriority: Sendable, Hashable {
    /// Somebody waits for this one: it is sent at once.
    case interactive
    /// One of many, such as the pages of a list that is read to its end: it keeps to the pace, and gives way.
    case bulk

    /// That of the requests which a task sends, and the tasks that it starts. Nobody else has to hand it on.
    @TaskLocal public static var current = RequestPriority.interactive
}
