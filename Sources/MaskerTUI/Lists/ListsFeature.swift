import MaskerAPI
import TerminalKit

/// The list layouts (columns and sort order), kept for the next run of the console.
enum ListsFeature: Feature {
    struct State: Sendable {
        var layouts: ListLayouts
    }

    enum Effect: FeatureEffect {
        /// Reads the layouts that an earlier run of the console has kept.
        case read
        /// Makes the user's change to the file.
        case keep(ListLayouts, insteadOf: ListLayouts)

        var kind: EffectKind { .once }
    }

    enum Change: Sendable {
        case arrange(ListLayouts)
    }

    enum Answer: FeatureAnswer {
        /// The layouts that an earlier run of the console has kept.
        case layouts(ListLayouts)
        /// Why the layouts could not be read or written, in one sentence.
        case trouble(String)

        var failure: APIError? { nil }
        var isReading: Bool { false }
    }

    static func kept(_ state: State, through departure: Departure) -> State { State(layouts: state.layouts) }

    static func change(_ change: Change, _ state: inout State, _ world: World) -> [Intent] {
        switch change {
        case .arrange(let layouts):
            let old = state.layouts
            guard layouts != old else { return [] }
            state.layouts = layouts
            return (world.settings.layoutsPath == nil ? [] : [.run(.lists(.keep(layouts, insteadOf: old)))]) + [.changed]
        }
    }

    static func receive(_ answer: Answer, isShown: Bool, _ state: inout State, _ world: World) -> [Intent] {
        switch answer {
        case .layouts(let kept):
            // What the user has changed meanwhile takes precedence over the file.
            state.layouts = kept.changed(from: ListLayouts(), to: state.layouts)
            return []
        case .trouble(let sentence): return [.notify(Notice(.refused, PrintableText(sentence)))]
        }
    }

    static func run(_ effect: Effect, _ services: Services, _ post: @escaping @Sendable (Answer) -> Void) async -> Answer? {
        switch effect {
        case .read:
            do throws(ListLayoutFile.Problem) { return try services.layouts?.read().map(Answer.layouts) } catch {
                return .trouble("the list layouts could not be read: \(error.sentence)")
            }
        case .keep(let layouts, let old):
            do throws(ListLayoutFile.Problem) { try services.layouts?.change(from: old, to: layouts) } catch {
                return .trouble("the list layouts could not be saved: \(error.sentence)")
            }
            return nil
        }
    }
}
