extension KeyAction {
    /// Confirms the dialog, or presses the button that has the focus.
    static let confirm = KeyAction("dialog.confirm", .enter)
    static let cancel = KeyAction("dialog.cancel", .escape, keepsKey: true)
    /// For dialogs that can be closed without losing anything.
    static let closeDialog = KeyAction("dialog.close", .escape, .backspace, .character("q"), keepsKey: true)
    static let otherButton = KeyAction("dialog.other-button", .tab, .backTab, .left, .right)
}
