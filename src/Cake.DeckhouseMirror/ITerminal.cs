namespace Cake.DeckhouseMirror;

/// <summary>What a live line is written to.</summary>
internal interface ITerminal
{
    /// <summary>Whether somebody watches: a terminal, and no CI system.</summary>
    bool IsInteractive { get; }

    /// <summary>How many characters fit on a line.</summary>
    int Width { get; }

    void Write(string text);
}
