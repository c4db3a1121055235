using System.Diagnostics.CodeAnalysis;
using Cake.Core;

namespace Cake.DeckhouseMirror.Tests;

/// <summary>Signatures that an addin must not have, each with one fault; named by it.</summary>
[SuppressMessage("Design", "CA1045", Justification = "That is the fault.")]
public static class RefusedAliases
{
    public static int Token(this ICakeContext context, CancellationToken token) => 1;

    public static int OptionalStruct(this ICakeContext context, TimeSpan timeout = default) => 1;

    public static int Reference(this ICakeContext context, ref int count) => count;

    public static int Span(this ICakeContext context, ReadOnlySpan<string> files) => files.Length;

    public static T? Generic<T>(this ICakeContext context) => default;

    public static int Keyword(this ICakeContext context, string @event) => @event.Length;

    public static int Context(this string context) => context.Length;

    public static int Extension(ICakeContext context) => 1;

    internal static int Private(this ICakeContext context) => 1;
}
