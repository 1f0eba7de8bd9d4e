import FoundationEssentials
import MaskerAPI

/// One capability of the console: its state, its effects, and how it handles the answers. `Features.swift` lists all features.
///
/// A feature changes only its own state. It asks other features or the console for something by returning an `Intent`.
protocol Feature: Sendable {
    /// The data of the feature.
    associatedtype State: Sendable
    /// What the feature can request from the API or from this machine.
    associatedtype Effect: FeatureEffect
    /// The changes that screens can make to the state.
    associatedtype Change: Sendable
    /// The result of an effect.
    associatedtype Answer: FeatureAnswer

    /// Returns the part of the state that is kept when the account's data must be removed. It has no default, so that for all
    /// new data its author has to decide this.
    static func kept(_ state: State, through departure: Departure) -> State
    /// Records that an effect starts; returns false when it must not start now.
    static func begins(_ effect: Effect, _ state: inout State, _ world: World) -> Bool
    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent]
    /// - Parameter isShown: Whether an open screen shows the result, so that no notice is needed.
    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent]
    /// When the state changes next without input or an answer; nil when nothing is due.
    static func nextWake(_ state: State, _ world: World) -> Date?
    /// Does what is due by now.
    static func wake(_ state: inout State, _ world: World) -> [Intent]
    /// Returns the effects that the current screen needs. It is called after each action.
    static func needs(_ state: inout State, _ world: World) -> [Effect]
    /// Runs an effect on a work thread and returns its result, or nil. No other function of a feature has side effects.
    /// - Parameter post: Sends intermediate answers, such as the progress.
    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer?
}

extension Feature {
    static func begins(_ effect: Effect, _ state: inout State, _ world: World) -> Bool { true }
    static func nextWake(_ state: State, _ world: World) -> Date? { nil }
    static func wake(_ state: inout State, _ world: World) -> [Intent] { [] }
    static func needs(_ state: inout State, _ world: World) -> [Effect] { [] }
}

/// An effect as a value, so that tests can compare it.
protocol FeatureEffect: Sendable, Equatable {
    var kind: EffectKind { get }
    var thread: EffectThread { get }
}

extension FeatureEffect {
    var thread: EffectThread { .work }
}

enum EffectKind: Sendable {
    /// Reads data that is shown. It is not sent twice at the same time, and closing the screen cancels it.
    case read
    /// Changes something on the server. A read-only console refuses it.
    case change
    /// Anything else. It runs each time it is requested.
    case once
}

/// The thread that runs an effect.
enum EffectThread: Sendable {
    /// For effects that are quick or that wait for the network.
    case work
    /// For effects that may wait for a disk.
    case disk
}

protocol FeatureAnswer: Sendable {
    /// The error, when the effect failed.
    var failure: APIError? { get }
    /// Whether the answer only delivers data to show. Such answers are ignored while the console is locked.
    var isReading: Bool { get }
}

/// Why the account's data must be removed from memory.
enum Departure: Sendable {
    /// The console locks after some time without a key. The same user is expected to come back.
    case lock
    /// The user logged out, or another user signed in.
    case account
}
