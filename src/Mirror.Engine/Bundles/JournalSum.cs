namespace Mirror.Engine.Bundles;

/// <summary>How far the GOST sum of one file of an archive was computed.</summary>
/// <param name="Part">The number of the file, from 0.</param>
/// <param name="Bytes">How many of its first bytes are in the state: whole blocks.</param>
/// <param name="State">
/// What <see cref="Hashing.Streebog.Save"/> wrote, in hex. It holds for these bytes whenever they were written: they
/// follow from the layout once the digests of its entries are verified.
/// </param>
internal sealed record JournalSum(int Part, long Bytes, string State);
