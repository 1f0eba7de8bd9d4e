import FoundationEssentials
import MaskerAPI

/// One capability of the console: what it knows, what it can do, and what it makes of the answers. `Features.swift` names all of them.
///
/// A feature changes nothing but its own state. What it wants of the others, or of the whole console, it says as an `Intent`.
protocol Feature: Sendable {
    /// What it knows.
    associatedtype State: Sendable
    /// What it can ask of the API or of this machine.
    associatedtype Effect: FeatureEffect
    /// What screens change in its state.
    associatedtype Change: Sendable
    /// What came of an effect.
    associatedtype Answer: FeatureAnswer

    /// What of the state stays when the account's data must go. It has no default, so that whoever adds data says here what becomes
    /// of it.
    static func kept(_ state: State, through departure: Departure) -> State
    /// Takes note that an effect begins; false when it must not begin now.
    static func begins(_ effect: Effect, _ state: inout State, _ world: World) -> Bool
    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent]
    /// - Parameter isShown: An open screen shows what came of it, so that no notice is needed.
    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent]
    /// When something of it changes or is due by itself; nil: only input and answers change it.
    static func nextWake(_ state: State, _ world: World) -> Date?
    /// Does what is due by now.
    static func wake(_ state: inout State, _ world: World) -> [Intent]
    /// What it needs in order to show what is on the screen now; asked after everything that happens.
    static func needs(_ state: inout State, _ world: World) -> [Effect]
    /// The only function of a feature that does something; on a work thread. Returns what came of it, nil where nothing is to be told.
    /// - Parameter post: Tells how far it is, meanwhile.
    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer?
}

extension Feature {
    static func begins(_ effect: Effect, _ state: inout State, _ world: World) -> Bool { true }
    static func nextWake(_ state: State, _ world: World) -> Date? { nil }
    static func wake(_ state: inout State, _ world: World) -> [Intent] { [] }
    static func needs(_ state: inout State, _ world: World) -> [Effect] { [] }
}

/// A value, so that tests can look at it.
protocol FeatureEffect: Sendable, Equatable {
    var kind: EffectKind { get }
    var thread: EffectThread { get }
}

extension FeatureEffect {
    var thread: EffectThread { .work }
}

enum EffectKind: Sendable {
    /// Reads what is shown. One that is out already is not sent twice; closing what shows it cancels it.
    case read
    /// Changes something on the server: a read-only console does not do it.
    case change
    /// Anything else: done as often as it is asked for.
    case once
}

/// Where an effect runs.
enum EffectThread: Sendable {
    /// For all that is quick or waits for the network.
    case work
    /// For what may have to wait for a disk.
    case disk
}

protocol FeatureAnswer: Sendable {
    /// Why it failed, when it did.
    var failure: APIError? { get }
    /// Whether it only brings what is shown: nobody wants that while the console is locked.
    var isReading: Bool { get }
}

/// Why the account's data must leave the memory.
enum Departure: Sendable {
    /// Nobody has pressed a key for a while. The same user comes back.
    case lock
    /// Logged out, or somebody else signs in.
    case account
}
