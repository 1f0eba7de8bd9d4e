extension KeyAction {
    /// What the dialog is for, or the button that has the focus.
    static let confirm = KeyAction("dialog.confirm", .enter)
    static let cancel = KeyAction("dialog.cancel", .escape, keepsKey: true)
    /// Where there is nothing to lose.
    static let closeDialog = KeyAction("dialog.close", .escape, .backspace, .character("q"), keepsKey: true)
    static let otherButton = KeyAction("dialog.other-button", .tab, .backTab, .left, .right)
}
