using Mirror.Engine.Errors;

namespace Mirror.Engine;

/// <summary>
/// One thing that went wrong, in the form every front end shows it: a stable code, what happened to what, and what
/// to do about it. Codes are listed in <c>docs/errors.md</c>; a code is never reused.
/// </summary>
/// <param name="Code">The stable code, for example <c>D8M2006</c>.</param>
/// <param name="Message">One sentence: what happened to what. Never holds a secret.</param>
/// <param name="Advice">One sentence: what to do.</param>
public sealed record Fault(string Code, string Message, string Advice)
{
    /// <summary>One sentence: what happened to what. One line, whatever texts of others it quotes.</summary>
    public string Message { get; init => field = LogLine.Of(value); } = LogLine.Of(Message);

    /// <summary>One sentence: what to do. One line, whatever texts of others it quotes.</summary>
    public string Advice { get; init => field = LogLine.Of(value); } = LogLine.Of(Advice);

    /// <summary>The address of this code's entry in the documentation, used as help link.</summary>
    public string HelpLink => $"https://github.com/deckhouse-mirror/deckhouse-mirror/blob/main/docs/errors.md#{Code}";

    /// <summary>Formats the fault on one line as <c>code: message advice</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Code}: {Message} {Advice}";
}
