using Mirror.Engine.Errors;

namespace Mirror.Engine.Flows;

/// <summary>What can be wrong with the base of a delta, or an inventory (docs/delta.md).</summary>
internal static class DeltaFaults
{
    public static Fault Missing(string path, string member, IEnumerable<string> neighbours) => new Fault(
        FaultCode.BaseUnreadable,
        $"{SettingName.Mark(member)} is {QuotedText.Quote(path)}, but there is neither a file nor a folder.",
        NearestNames.Ask(Path.GetFileName(path), neighbours)
            + "Name an inventory, a lock or the folder of a bundle.").WithValue(path);

    public static Fault Unreadable(string path, string member, string why) => new Fault(
        FaultCode.BaseUnreadable,
        $"{SettingName.Mark(member)} is {QuotedText.Quote(path)}, which cannot be read: {why.TrimEnd('.')}.",
        "Copy the file again as it was written, or take a new inventory.").WithValue(path);

    /// <summary>None of several bases has the state that was asked for.</summary>
    public static Fault UnknownId(string id, IEnumerable<string> known) => new Fault(
        FaultCode.BaseUnreadable,
        $"{SettingName.Mark("DeltaBaseId")} is {QuotedText.Quote(id)}, but the bases have the states "
            + $"{string.Join(", ", known)}.",
        NearestNames.Ask(id, known) + "Name the inventory of that state, or another id.").WithValue(id);

    public static Fault OtherSource(string path, string other, string source) => new Fault(
        FaultCode.BaseOfOtherSource,
        $"{SettingName.Mark("DeltaBases")} names {QuotedText.Quote(path)}, which is of {other}, not of {source}.",
        "Take the inventory of a target that is filled from this source and edition.").WithValue(path);

    public static Fault SavesLittle(long omitted, long full) => new(
        FaultCode.BaseSavesLittle,
        $"The base of the delta saves {ByteCount.Format(omitted)} of {ByteCount.Format(full)}, less than 5 %.",
        "Check that it is the inventory of the right target, and a recent one; or pull a full bundle.");
}
