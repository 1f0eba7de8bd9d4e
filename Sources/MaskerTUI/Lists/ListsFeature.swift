import MaskerAPI
import TerminalKit

/// How the lists are arranged: sorting and columns, kept for the next console.
enum ListsFeature: Feature {
    struct State: Sendable {
        var layouts: ListLayouts
    }

    enum Effect: FeatureEffect {
        /// How the lists were arranged in an earlier console.
        case read
        case keep(ListLayouts)

        var kind: EffectKind { .once }
    }

    enum Change: Sendable {
        case arrange(ListLayouts)
    }

    enum Answer: FeatureAnswer {
        /// How an earlier console has left the lists.
        case layouts(ListLayouts)
        /// Why that is not known, or not kept.
        case trouble(String)

        var failure: APIError? { nil }
        var isReading: Bool { false }
    }

    static func kept(_ state: State, through departure: Departure) -> State { State(layouts: state.layouts) }

    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent] {
        switch change {
        case .arrange(let layouts):
            guard layouts != state.layouts else { return [] }
            state.layouts = layouts
            return (world.settings.layoutsPath == nil ? [] : [.run(.lists(.keep(layouts)))]) + [.changed]
        }
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent] {
        switch answer {
        case .layouts(let kept):
            // What was arranged meanwhile counts more.
            if state.layouts == ListLayouts() { state.layouts = kept }
            return []
        case .trouble(let sentence): return [.notify(Notice(.refused, PrintableText(sentence)))]
        }
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        switch effect {
        case .read:
            do throws(ListLayoutFile.Problem) { return try services.layouts?.read().map(Answer.layouts) } catch {
                return .trouble("how the lists were arranged is not known: \(error.sentence)")
            }
        case .keep(let layouts):
            do throws(ListLayoutFile.Problem) { try services.layouts?.write(layouts) } catch {
                return .trouble("how the lists are arranged is not kept: \(error.sentence)")
            }
            return nil
        }
    }
}
