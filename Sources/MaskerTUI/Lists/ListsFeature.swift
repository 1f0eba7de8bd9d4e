import MaskerAPI
import TerminalKit

/// How the lists are arranged: sorting and columns, kept for the next console.
enum ListsFeature: Feature {
    struct State: Sendable {
        var looks: ListLooks
    }

    enum Effect: FeatureEffect {
        /// How the lists were arranged in an earlier console.
        case read
        case keep(ListLooks)

        var kind: EffectKind { .once }
    }

    enum Change: Sendable {
        case arrange(ListLooks)
    }

    enum Answer: FeatureAnswer {
        /// How an earlier console has left the lists.
        case looks(ListLooks)
        /// Why that is not known, or not kept.
        case trouble(String)

        var failure: APIError? { nil }
        var isReading: Bool { false }
    }

    static func kept(_ state: State, through departure: Departure) -> State { State(looks: state.looks) }

    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent] {
        switch change {
        case .arrange(let looks):
            guard looks != state.looks else { return [] }
            state.looks = looks
            return (world.settings.looksPath == nil ? [] : [.run(.lists(.keep(looks)))]) + [.changed]
        }
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent] {
        switch answer {
        case .looks(let kept):
            // What was arranged meanwhile counts more.
            if state.looks == ListLooks() { state.looks = kept }
            return []
        case .trouble(let sentence): return [.notify(Notice(.refused, PrintableText(sentence)))]
        }
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        switch effect {
        case .read:
            do throws(LookFile.Problem) { return try services.looks?.read().map(Answer.looks) } catch {
                return .trouble("how the lists were arranged is not known: \(error.sentence)")
            }
        case .keep(let looks):
            do throws(LookFile.Problem) { try services.looks?.write(looks) } catch {
                return .trouble("how the lists are arranged is not kept: \(error.sentence)")
            }
            return nil
        }
    }
}
