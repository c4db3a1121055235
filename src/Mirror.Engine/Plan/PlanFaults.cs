using Mirror.Engine.Errors;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Plan;

internal static class PlanFaults
{
    public static Fault TwoSizes(Digest digest, long first, long second, string repository) => new(
        FaultCode.BlobSizesDiffer,
        $"{digest} is {first} bytes in one manifest and {second} bytes in another (repository {repository}).",
        "One of the manifests is damaged or forged: report it to the administrator of the source registry.");

    public static Fault TwoDigests(string archive, string layout, ImageContent first, ImageContent second) => new(
        FaultCode.TagHasTwoDigests,
        $"{archive}, layout '{layout}': the tag {first.ShortTag} stands for {first.Digest} ({first.Reason}) and for "
            + $"{second.Digest} ({second.Reason}).",
        "The source changed while it was read, or two selections collide: run again, or select only one of the two.");

    public static Fault TwoDigestsAtTarget(
        string reference, Digest first, string firstOrigin, Digest second, string secondOrigin) => new(
        FaultCode.TagHasTwoDigests,
        $"{reference} stands for {first} in {firstOrigin} and for {second} in {secondOrigin}.",
        "Push the archives of one pull together, not those of several: remove the older ones.");

    public static Fault TooLarge(ImageContent image, long bytes) => new(
        FaultCode.PlanTooLarge,
        $"With {image.Repository}:{image.ShortTag} the sizes that manifests state add up to {ByteCount.Format(bytes)}, "
            + $"more than the {ByteCount.Format(OciLimits.PlanBytes)} that can be planned.",
        "No registry holds that much: the manifests are forged. Leave the image out, and report it to the "
            + "administrator of the source registry.");

    public static Fault Empty(string source, ImmutableArray<Fault> notes) => new(
        FaultCode.PlanEmpty,
        $"Nothing in {source} was selected{Because(notes)}",
        $"Check the path in {SettingName.Source}, {SettingName.Components} and the rules of modules and packages.");

    private static string Because(ImmutableArray<Fault> notes) =>
        notes.IsEmpty ? "." : $": {string.Join(' ', notes.Select(note => note.QuotableMessage))}";
}
