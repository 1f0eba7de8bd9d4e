/// Another profile is another server, or another way to look at this one: the console begins anew with it.
func useProfile(_ name: String, _ state: inout AppState) -> [Effect] {
    guard let refusal = state.profileRefusal else { return [.reopen(profile: name)] }
    notify(Notice(.refused, PrintableText(refusal)), &state)
    return []
}

extension AppState {
    /// Why the profile cannot be changed now.
    var profileRefusal: String? {
        if settings.isRestricted { return "restricted mode has no profiles" }
        // Its outcome would be seen by nobody.
        return data.deletions.values.contains(where: \.isUnderWay) ? "the deletion of an agent is under way" : nil
    }
}
