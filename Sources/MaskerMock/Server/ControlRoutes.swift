import Foundation

/// Outside of the contract: faults and records while the server runs.
enum ControlRoutes {
    /// Nil when the path is none of these.
    static func answer(_ request: MockRequest, _ service: MockService) throws -> MockAnswer? {
        switch request.path {
        case "/__mock/faults":
            try request.allow("GET", "PUT", "DELETE")
            switch request.method {
            case "PUT": service.setFaults(try faults(request.body))
            case "DELETE": service.setFaults([])
            default: return .json(service.faults)
            }
            return .noContent
        case "/__mock/requests":
            try request.allow("GET", "DELETE")
            guard request.method == "DELETE" else { return .json(service.requests) }
            service.clearRequests()
            return .noContent
        default: return nil
        }
    }

    private static func faults(_ body: Data) throws -> [MockFault] {
        do { return try JSONDecoder().decode([MockFault].self, from: body) } catch let error as DecodingError {
            throw MockError.invalid(nil, "The body is no list of faults: \(error.sentence)")
        }
    }
}

extension DecodingError {
    /// What is wrong, in one clause.
    fileprivate var sentence: String {
        switch self {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            context.debugDescription
        @unknown default: "\(self)"
        }
    }
}
