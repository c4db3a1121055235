using Mirror.Engine.Errors;

namespace Mirror.Engine;

/// <summary>
/// One thing that went wrong, in the form every front end shows it: a stable code, what happened to what, and what to
/// do about it. Codes are listed in <c>docs/errors.md</c>; a code is never reused. Two faults are equal if their codes,
/// texts and settings are.
/// </summary>
/// <param name="Code">The stable code, for example <c>D8M2006</c>.</param>
/// <param name="Message">One sentence: what happened to what. Never holds a secret.</param>
/// <param name="Advice">One sentence: what to do.</param>
public sealed record Fault(string Code, string Message, string Advice)
{
    private readonly string _message = LogLine.Sanitize(Message);
    private readonly string _advice = LogLine.Sanitize(Advice);
    private readonly ImmutableArray<SettingReference> _settings = [];

    /// <summary>
    /// One sentence: what happened to what. One line, whatever texts of others it quotes. Settings are called by the
    /// members of the settings records; <see cref="TextFor"/> gives them other names.
    /// </summary>
    public string Message { get => SettingName.Unmark(_message); init => _message = LogLine.Sanitize(value); }

    /// <summary>One sentence: what to do. One line, with settings as in <see cref="Message"/>.</summary>
    public string Advice { get => SettingName.Unmark(_advice); init => _advice = LogLine.Sanitize(value); }

    /// <summary>
    /// The settings that the fault is about, each once: those that were given here, then those that the message and the
    /// advice name. Empty: it is about no setting.
    /// </summary>
    public ImmutableArray<SettingReference> Settings
    {
        get =>
        [
            .. _settings,
            .. SettingName.In(_message).Concat(SettingName.In(_advice))
                .Except(_settings.Select(setting => setting.Member), StringComparer.Ordinal)
                .Select(member => new SettingReference(member)),
        ];
        init => _settings = value.IsDefault ? [] : value;
    }

    /// <summary>The address of this code's entry in the documentation, used as help link.</summary>
    public string HelpLink => $"https://github.com/deckhouse-mirror/deckhouse-mirror/blob/main/docs/errors.md#{Code}";

    /// <summary>The message for another fault to quote: it keeps what <see cref="Settings"/> are named.</summary>
    internal string QuotableMessage => _message;

    /// <summary>The advice for another fault to quote, as <see cref="QuotableMessage"/>.</summary>
    internal string QuotableAdvice => _advice;

    /// <summary>Message and advice on one line, with the names that the users of a front end know.</summary>
    /// <param name="nameOf">
    /// The name of a setting, for its <see cref="SettingReference.Member"/>: that of an MSBuild property, for example.
    /// </param>
    /// <returns>The line, without the code.</returns>
    public string TextFor(Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        return $"{SettingName.Replace(_message, nameOf)} {SettingName.Replace(_advice, nameOf)}";
    }

    /// <summary>Whether both say the same about the same settings.</summary>
    /// <param name="other">The other fault.</param>
    /// <returns>Whether code, texts and settings are equal.</returns>
    public bool Equals(Fault? other) => other is not null
        && (Code, Message, Advice) == (other.Code, other.Message, other.Advice)
        && Settings.SequenceEqual(other.Settings);

    /// <summary>The hash code that belongs to <see cref="Equals(Fault)"/>.</summary>
    /// <returns>The hash code.</returns>
    public override int GetHashCode() => HashCode.Combine(Code, Message, Advice);

    /// <summary>Formats the fault on one line as <c>code: message advice</c>, with settings by their members.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Code}: {Message} {Advice}";

    /// <summary>The fault with the value of the setting that it is about first, if it is about one.</summary>
    internal Fault WithValue(string value) => Settings is [SettingReference first, .. var others]
        ? this with { Settings = [first with { Value = value }, .. others] }
        : this;
}
