import Foundation

/// A token bucket: it allows a number of requests at once, and refills as time passes.
struct TokenBucket: Sendable {
    let rate: Double
    let burst: Double
    private var level: Double
    private var filledAt: Date

    init(rate: Double, burst: Int, now: Date) {
        self.rate = rate
        self.burst = Double(burst)
        level = Double(burst)
        filledAt = now
    }

    /// Takes one request. If the bucket is empty, returns the number of seconds until there is one.
    mutating func take(_ now: Date) -> TimeInterval? {
        level = min(burst, level + max(now.timeIntervalSince(filledAt), 0) * rate)
        filledAt = now
        guard level >= 1 else { return (1 - level) / rate }
        level -= 1
        return nil
    }
}

/// The limits of the account, which its users, consoles and API tokens share.
struct RateLimits: Sendable {
    enum Use { case api, calls }

    private var api: TokenBucket?
    private var calls: TokenBucket?
    private let daily: Int?
    private let begin: Date
    private var day = 0
    private var usedToday = 0

    init(_ options: MockOptions, now: Date) {
        switch options.rateLimit {
        case .none: break
        case .documented:
            api = TokenBucket(rate: 30, burst: 60, now: now)
            calls = TokenBucket(rate: 100, burst: 200, now: now)
        case .limited(let rate, let burst):
            api = TokenBucket(rate: rate, burst: burst, now: now)
            calls = api
        }
        daily = options.dailyLimit
        begin = now
    }

    /// Counts a request; throws 429 when a limit is exceeded.
    mutating func take(_ use: Use, _ now: Date) throws {
        let pause = use == .api ? api?.take(now) : calls?.take(now)
        if let pause { throw MockError.rateLimited(seconds: pause) }
        guard use == .api, let daily else { return }
        // OPEN: when a day begins. In the mock it begins at the time when the account was made.
        let elapsed = max(now.timeIntervalSince(begin), 0), today = Int(elapsed / 86_400)
        if today != day { (day, usedToday) = (today, 0) }
        guard usedToday < daily else { throw MockError.rateLimited(seconds: Double(today + 1) * 86_400 - elapsed) }
        usedToday += 1
    }
}
