namespace Mirror.Engine.Tests.Real;

/// <summary>How far a pull came that was killed.</summary>
internal enum PullPhase
{
    /// <summary>No archive was begun.</summary>
    Planning,

    /// <summary>Unfinished archives are there, and no commit record.</summary>
    Transfer,

    /// <summary>The commit record is there, and some of the renames may be done.</summary>
    Publish,

    /// <summary>The commit record is gone again: nothing was left to interrupt.</summary>
    Ended,
}
